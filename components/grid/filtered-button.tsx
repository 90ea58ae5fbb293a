import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Button } from '../ui/button'

interface FilteredButtonProps extends Omit<ComponentProps<typeof Button>, 'children'> {
  shown: number
}

/** Opens what can be done to everybody whom the filter shows. */
export function FilteredButton({ shown, ...button }: FilteredButtonProps) {
  return (
    <Button kind="ghost" {...button}>
      Act on {shown === 1 ? 'it' : `all ${shown.toLocaleString('en')}`} <ChevronDown />
    </Button>
  )
}
