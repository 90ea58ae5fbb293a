import type { ComponentProps } from 'react'
import type { Role } from '@/lib/protocol/commands'

interface UserButtonProps extends Omit<ComponentProps<'button'>, 'role'> {
  user: string
  role: Role
}

/** Who is signed in; opens their menu. */
export function UserButton({ user, role, ...rest }: UserButtonProps) {
  return (
    <button
      type="button"
      aria-label={`${user}, ${role}: menu`}
      aria-haspopup="menu"
      className="flex h-9 flex-none items-center gap-2.5 rounded-lg text-base text-mute hover:bg-raise hover:text-ink max-xl:w-9 max-xl:justify-center max-md:ml-auto xl:px-1.5"
      {...rest}
    >
      <span
        aria-hidden
        className="grid size-5.5 flex-none place-items-center rounded-full bg-soft text-2xs font-bold text-ink uppercase"
      >
        {user.slice(0, 2)}
      </span>
      <span className="truncate max-xl:sr-only">{user}</span>
    </button>
  )
}
