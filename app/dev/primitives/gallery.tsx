'use client'

import { Bell, Inbox, Moon, Plus, Settings, Sun, Trash2, WifiOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { toast } from 'sonner'
import { Banner } from '@/components/ui/banner'
import { Button, type ButtonKind } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Chip } from '@/components/ui/chip'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { Countdown } from '@/components/ui/countdown'
import { Duration } from '@/components/ui/duration'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Id } from '@/components/ui/id'
import { Input } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'
import { Lamp } from '@/components/ui/lamp'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { Meter } from '@/components/ui/meter'
import { Panel } from '@/components/ui/panel'
import { Popover } from '@/components/ui/popover'
import { SectionHeader } from '@/components/ui/section-header'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { statusLooks, type Tone } from '@/components/ui/status-look'
import { StatusPill } from '@/components/ui/status-pill'
import { Table, Td, Th, Tr } from '@/components/ui/table'
import { TextArea } from '@/components/ui/text-area'
import { Time } from '@/components/ui/time'
import { toggleTimeStyle } from '@/components/ui/time-style'
import { Toaster } from '@/components/ui/toaster'
import { Tooltip } from '@/components/ui/tooltip'
import { VerdictChip } from '@/components/ui/verdict-chip'
import { VirtualTable } from '@/components/ui/virtual-table'
import { STATUSES } from '@/lib/protocol/liveness'
import { ACK_VERDICTS } from '@/lib/protocol/signal'

const KINDS: ButtonKind[] = ['primary', 'plain', 'ghost', 'danger']
const TONES: Tone[] = ['active', 'blocked', 'stale', 'dead', 'escalated', 'ivory', 'off']
const rows = Array.from({ length: 1000 }, (_, index) => ({ id: `row-${index + 1}`, n: index + 1 }))

function Case({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel className="grid content-start gap-3 p-4">
      <SectionHeader title={title} />
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </Panel>
  )
}

export function Gallery() {
  const [view, setView] = useState<'cards' | 'compact' | 'lamps'>('cards')
  const [checked, setChecked] = useState(true)
  const [type, setType] = useState<'completion' | 'error'>('completion')
  const [asks, setAsks] = useState(false)
  const [start] = useState(() => Date.now())
  return (
    <main className="mx-auto grid max-w-[1500px] gap-4 p-6 md:grid-cols-2 2xl:grid-cols-3">
      <header className="col-span-full flex items-center gap-3">
        <h1 className="text-xl font-semibold">Primitives</h1>
        <span className="flex-1" />
        <IconButton
          label="Dark"
          onClick={() => {
            document.documentElement.dataset.theme = 'dark'
          }}
        >
          <Moon />
        </IconButton>
        <IconButton
          label="Light"
          onClick={() => {
            document.documentElement.dataset.theme = 'light'
          }}
        >
          <Sun />
        </IconButton>
      </header>
      <Case title="Lamps and pills">
        <div className="grid w-full grid-cols-3 gap-2">
          {STATUSES.map((status) => (
            <span key={status} className="flex items-center gap-2">
              <Lamp status={status} />
              <Lamp status={status} size={9} decorative />
              <Lamp status={status} letter decorative />
              <StatusPill status={status} />
            </span>
          ))}
        </div>
      </Case>
      <Case title="Verdicts and chips">
        {ACK_VERDICTS.map((verdict) => (
          <VerdictChip key={verdict} verdict={verdict} />
        ))}
        {TONES.map((tone) => (
          <Chip key={tone} tone={tone}>
            {tone}
          </Chip>
        ))}
      </Case>
      <Case title="Buttons">
        {KINDS.map((kind) => (
          <span key={kind} className="flex w-full items-center gap-2">
            <Button kind={kind}>Escalate…</Button>
            <Button kind={kind} size="md">
              <Plus /> Medium
            </Button>
            <Button kind={kind} disabled>
              Off
            </Button>
            <Button kind={kind} busy>
              Busy
            </Button>
          </span>
        ))}
        <IconButton label="Notifications" hint="n">
          <Bell />
        </IconButton>
        <IconButton label="Settings" pressed>
          <Settings />
        </IconButton>
        <IconButton label="Small" size="sm">
          <Settings />
        </IconButton>
        <CopyButton text="impl-auth-04" />
        <Kbd>j</Kbd>
      </Case>
      <Case title="Choices">
        <Segmented
          label="Density"
          value={view}
          onChange={setView}
          options={[
            { value: 'cards', label: 'Cards' },
            { value: 'compact', label: 'Compact' },
            { value: 'lamps', label: 'Lamps' },
          ]}
        />
        <Checkbox label="Select all" checked={checked} onChange={setChecked} />
        <Checkbox label="Some" checked="indeterminate" onChange={setChecked} />
        <Checkbox label="Off" checked={false} disabled onChange={setChecked} />
        <Select
          label="Type"
          value={type}
          onChange={setType}
          options={[
            { value: 'completion', label: 'completion' },
            { value: 'error', label: 'error' },
          ]}
          className="w-40"
        />
      </Case>
      <Case title="Fields">
        <div className="grid w-full gap-3">
          <Field label="Name" hint="1 to 64 letters, digits, _ and -">
            {(ids) => <Input {...ids} placeholder="operator" />}
          </Field>
          <Field label="Name" error="must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -">
            {(ids) => <Input {...ids} mono defaultValue="not a name" />}
          </Field>
          <Field label="Payload" aside="12 of 16,384 bytes">
            {(ids) => <TextArea {...ids} mono defaultValue='{"ok":true}' />}
          </Field>
        </div>
      </Case>
      <Case title="Windows">
        <Button onClick={() => setAsks(true)}>Confirm…</Button>
        <Popover trigger={<Button>Popover</Button>}>Saved views stand here.</Popover>
        <Menu trigger={<Button>Menu</Button>}>
          <MenuItem icon={<Settings />} hint="g o" onSelect={() => {}}>
            Settings
          </MenuItem>
          <MenuChoice
            label="Theme"
            value="dark"
            onChange={() => {}}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
            ]}
          />
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger onSelect={() => {}}>
            Forget
          </MenuItem>
        </Menu>
        <Tooltip text="Says what it does" keys="t">
          <Button>Tooltip</Button>
        </Tooltip>
        <Button
          onClick={() => toast.success('Escalated', { description: 'A replacement starts.' })}
        >
          Toast
        </Button>
        <Button onClick={() => toast.error('Refused', { description: 'It beats again.' })}>
          Error toast
        </Button>
        <ConfirmDialog
          open={asks}
          onOpenChange={setAsks}
          title="Escalate impl-auth-07?"
          consequences="2 signals and 3 work items move to a replacement; lead-auth is freed."
          confirmLabel="Escalate"
          danger
          onConfirm={() => setAsks(false)}
        />
      </Case>
      <Case title="Times">
        <Time at={start} ago />
        <Time at={start} style="utc" />
        <Time at={start} style="local" />
        <Duration ms={41} />
        <Duration ms={151_000} />
        <Countdown to={start + 90_000} />
        <Button onClick={() => toggleTimeStyle()}>Toggle</Button>
      </Case>
      <Case title="Ids">
        <span className="w-32">
          <Id id="validator-security-of-auth-04" copy />
        </span>
        <Id id="impl-auth-04" copy />
      </Case>
      <Case title="Meters">
        <div className="grid w-full gap-3">
          <Meter label="Silence" value={77} max={120} tone="stale" marks={[60]} />
          <Meter label="Silence" value={20} max={120} />
          <Meter label="Silence" value={121} max={120} tone="dead" />
        </div>
      </Case>
      <Case title="Skeletons">
        <div className="grid w-full gap-2">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-16" />
        </div>
      </Case>
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
      <Case title="Tones">
        {TONES.map((tone) => (
          <span key={tone} data-tone={tone} className="tint rounded-md px-2 py-1 text-tone-ink">
            {tone}
          </span>
        ))}
        <span className="w-full text-sm text-mute">{Object.keys(statusLooks).join(' · ')}</span>
      </Case>
      <Toaster />
    </main>
  )
}
