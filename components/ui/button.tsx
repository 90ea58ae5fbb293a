import { Children, type ComponentProps, cloneElement, isValidElement } from 'react'
import { cx } from './cx'

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'ghost'
export type ButtonSize = 'sm' | 'md' | 'lg'

const kinds: Record<ButtonKind, string> = {
  primary:
    'border-transparent bg-ivory text-on-ivory font-semibold hover:not-disabled:brightness-110 shadow-lift',
  plain:
    'border-line bg-raise text-ink hover:not-disabled:border-edge hover:not-disabled:bg-soft shadow-lift',
  danger:
    'border-transparent bg-dead text-on-dead font-semibold hover:not-disabled:brightness-110 shadow-lift',
  ghost:
    'border-transparent bg-transparent text-mute hover:not-disabled:bg-soft hover:not-disabled:text-ink',
}
const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2.5 text-sm',
  md: 'h-8 gap-1.5 px-3 text-base',
  lg: 'h-10 gap-2 px-4 text-md',
}

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind
  size?: ButtonSize
  /** Its own action is under way: it cannot be pressed again, and says so. */
  busy?: boolean
  /** Gives its look to the one child, such as a link. */
  asChild?: boolean
}

/** The one button of the product. */
export function Button({
  kind = 'plain',
  size = 'sm',
  busy,
  asChild,
  disabled,
  className,
  type,
  ...rest
}: ButtonProps) {
  const props = {
    disabled: disabled || busy,
    'aria-busy': busy || undefined,
    'data-busy': busy || undefined,
    className: cx(
      'inline-flex flex-none select-none items-center justify-center whitespace-nowrap rounded-md border font-medium transition-[background-color,border-color,filter] duration-100 disabled:cursor-not-allowed disabled:opacity-45 data-busy:animate-breathe [&_svg]:size-3.5 [&_svg]:flex-none',
      kinds[kind],
      sizes[size],
      className,
    ),
    ...rest,
  }
  if (!asChild) return <button type={type ?? 'button'} {...props} />
  const child: unknown = Children.only(props.children)
  if (!isValidElement<ComponentProps<'button'>>(child)) return null
  // The child keeps what it has of its own.
  const { children: _, ...look } = props
  return cloneElement(child, {
    ...look,
    ...child.props,
    className: cx(look.className, child.props.className),
  })
}
