import type { ReactNode } from 'react'
import { Panel } from '../ui/panel'
import { Table } from '../ui/table'

/** A table in a panel. Where there is no width its cells wrap and lesser columns are left out. */
export function TablePanel({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Panel className="overflow-hidden [&_tbody_tr:last-child>td]:border-b-0">
      <Table aria-label={label} className="[&_td]:py-2">
        {children}
      </Table>
    </Panel>
  )
}
