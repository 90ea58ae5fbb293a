import type { ComponentProps } from 'react'
import { cx } from './cx'

/**
 * Parts of a table with a head that stays. For long ones use `VirtualTable`, which keeps only the
 * rows in sight.
 */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <table
      className={cx('w-full border-separate border-spacing-0 text-left text-base', className)}
      {...rest}
    />
  )
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cx(
        'sticky top-0 z-10 whitespace-nowrap border-b border-line bg-panel px-3 py-2 text-xs font-medium text-faint',
        className,
      )}
      {...rest}
    />
  )
}

interface TrProps extends ComponentProps<'tr'> {
  selected?: boolean
}

export function Tr({ selected, className, ...rest }: TrProps) {
  return (
    <tr
      data-selected={selected || undefined}
      className={cx('group hover:bg-raise data-selected:bg-soft', className)}
      {...rest}
    />
  )
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={cx('border-b border-soft px-3 py-1.5 align-middle', className)} {...rest} />
}
