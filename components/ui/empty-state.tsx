import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}

/** Nothing is here, why, and what to do about it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-2 px-4 py-10 text-center">
      {icon && (
        <span
          aria-hidden
          className="mb-1 grid size-10 place-items-center rounded-xl border border-line bg-panel text-faint [&_svg]:size-5"
        >
          {icon}
        </span>
      )}
      <p className="text-md font-semibold text-ink">{title}</p>
      {children && <div className="text-base text-mute">{children}</div>}
      {action && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  )
}
