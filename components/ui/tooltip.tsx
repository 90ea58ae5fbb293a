import { cloneElement, type ReactElement } from 'react'

interface TooltipProps {
  text: string
  keys?: string | undefined
  /** The one element that it explains. */
  children: ReactElement<{ 'data-tip'?: string; 'data-tip-key'?: string | undefined }>
}

/** A short explanation on hover and focus, shown by the page's `TooltipLayer`. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return cloneElement(children, { 'data-tip': text, 'data-tip-key': keys })
}
