import type { ComponentProps } from 'react'
import { Input } from '../ui/input'

type ExactInputProps = Omit<ComponentProps<typeof Input>, 'value' | 'onChange'> & {
  value: string
  onText: (text: string) => void
}

/** For names and addresses: nothing is filled in, corrected or begun with a capital. */
export function ExactInput({ onText, ...rest }: ExactInputProps) {
  return (
    <Input
      required
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onText(event.target.value)}
      {...rest}
    />
  )
}
