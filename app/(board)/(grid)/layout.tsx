import type { ReactNode } from 'react'
import { GridRoom } from '@/components/grid/grid-room'

/** The board stays as it is while drawers open and close beside it: it belongs to both addresses. */
export default function GridLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <GridRoom />
      {children}
    </>
  )
}
