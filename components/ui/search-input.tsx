import { Search } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx'
import { Input } from './input'
import { Kbd } from './kbd'

/** A text that narrows what a room shows, with the key that leads there; `className` is for the place it takes. */
export function SearchInput({ className, ...rest }: ComponentProps<typeof Input>) {
  return (
    <div className={cx('relative min-w-32 flex-1', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
      <Input
        mono
        type="search"
        spellCheck={false}
        className="peer pl-8 md:placeholder-shown:pr-9"
        {...rest}
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 flex -translate-y-1/2 not-peer-placeholder-shown:hidden max-md:hidden"
      >
        <Kbd hint>/</Kbd>
      </span>
    </div>
  )
}
