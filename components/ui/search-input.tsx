import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx'
import { Input } from './input'

/** A text that narrows what is shown; `className` is for the place it takes. */
export function SearchInput({ className, ...rest }: ComponentProps<typeof Input>) {
  return (
    <div className={cx('relative min-w-32 flex-1', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2 left-2.5 size-3.5 text-faint"
      />
      <Input mono type="search" spellCheck={false} className="pl-8" {...rest} />
    </div>
  )
}
