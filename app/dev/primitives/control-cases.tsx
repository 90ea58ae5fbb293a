'use client'

import { Bell, Plus, Settings } from 'lucide-react'
import { useState } from 'react'
import { Button, type ButtonKind } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Kbd } from '@/components/ui/kbd'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { Case } from './case'

const KINDS: ButtonKind[] = ['primary', 'plain', 'ghost', 'danger']

/** What is pressed, chosen and filled in. */
export function ControlCases() {
  const [view, setView] = useState<'cards' | 'compact' | 'lamps'>('cards')
  const [checked, setChecked] = useState(true)
  const [type, setType] = useState<'completion' | 'error'>('completion')
  return (
    <>
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
    </>
  )
}
