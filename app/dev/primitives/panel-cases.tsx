'use client'

import { Inbox, WifiOff } from 'lucide-react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Id } from '@/components/ui/id'
import { Panel } from '@/components/ui/panel'
import { Table, Td, Th, Tr } from '@/components/ui/table'
import { VerdictChip } from '@/components/ui/verdict-chip'
import { VirtualTable } from '@/components/ui/virtual-table'

const rows = Array.from({ length: 1000 }, (_, index) => ({ id: `row-${index + 1}`, n: index + 1 }))

/** What fills a panel: banners, errors, emptiness, tables. */
export function PanelCases() {
  return (
    <>
      <Panel className="overflow-hidden">
        <Banner tone="dead" icon={<WifiOff />} title="Redis cannot be reached" urgent>
          since 14:07:12; next try in 3 s
        </Banner>
        <Banner tone="stale" icon={<WifiOff />} title="Grace" action={<Button>Try now</Button>}>
          Nobody can be declared dead for 20 s.
        </Banner>
        <div className="p-4">
          <ErrorState title="The log could not be read" onRetry={() => {}}>
            The server answered 503. It is trying to reach Redis.
          </ErrorState>
        </div>
      </Panel>
      <Panel>
        <EmptyState
          icon={<Inbox />}
          title="Nothing needs you"
          action={<Button kind="primary">Connect one</Button>}
        >
          Every coordinator beats, and nobody waits longer than it should.
        </EmptyState>
      </Panel>
      <Panel className="overflow-hidden">
        <Table>
          <thead>
            <tr>
              <Th>Coordinator</Th>
              <Th>Verdict</Th>
              <Th className="text-right">Latency</Th>
            </tr>
          </thead>
          <tbody>
            <Tr>
              <Td>
                <Id id="impl-auth-02" />
              </Td>
              <Td>
                <VerdictChip verdict="valid" />
              </Td>
              <Td className="text-right">34 ms</Td>
            </Tr>
            <Tr selected>
              <Td>
                <Id id="impl-auth-01" />
              </Td>
              <Td>
                <VerdictChip verdict="wrong_epoch" />
              </Td>
              <Td className="text-right" />
            </Tr>
          </tbody>
        </Table>
      </Panel>
      <Panel className="flex h-64 overflow-hidden">
        <VirtualTable
          label="A thousand rows"
          columns={[
            { key: 'id', head: 'Row', width: 'minmax(0,1fr)', cell: (row) => <Id id={row.id} /> },
            { key: 'n', head: 'Number', width: '80px', align: 'end', cell: (row) => row.n },
          ]}
          rows={rows}
          rowKey={(row) => row.id}
          selectedKey="row-3"
          onRowClick={() => {}}
        />
      </Panel>
    </>
  )
}
