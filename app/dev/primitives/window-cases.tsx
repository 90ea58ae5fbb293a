'use client'

import { Settings, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { Popover } from '@/components/ui/popover'
import { Case } from './case'

/** What opens over the page. */
export function WindowCases() {
  const [asks, setAsks] = useState(false)
  return (
    <Case title="Windows">
      <Button onClick={() => setAsks(true)}>Confirm…</Button>
      <Popover label="Popover" trigger={<Button>Popover</Button>}>
        Saved views stand here.
      </Popover>
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
      <Button data-tip="Says what it does" data-tip-key="t">
        Tooltip
      </Button>
      <Button onClick={() => toast.success('Escalated', { description: 'A replacement starts.' })}>
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
  )
}
