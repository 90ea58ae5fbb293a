import type { ReactNode } from 'react'
import { Queries } from '@/components/live/queries'

/** The rooms that read over HTTP. The board has a layout of its own. */
export default function RoomsLayout({ children }: { children: ReactNode }) {
  return <Queries>{children}</Queries>
}
