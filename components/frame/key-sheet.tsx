'use client'

import { Checkbox } from '../ui/checkbox'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { type KeyBinding, keyBindings, keyName } from './key-bindings'
import { setSingleKeys, useSingleKeys } from './single-keys'

const GROUPS: readonly KeyBinding['group'][] = ['Move', 'Act', 'Show', 'Go to']

interface KeySheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Every key, from the same table that the handler reads. */
export default function KeySheet({ open, onOpenChange }: KeySheetProps) {
  const mac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')
  const single = useSingleKeys()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" size="md">
      <div className="gap-x-10 sm:columns-2">
        {GROUPS.map((group) => (
          <section key={group} aria-label={group} className="mb-5 grid break-inside-avoid gap-1">
            <h3 className="mb-1 text-sm font-semibold text-mute">{group}</h3>
            <dl className="grid gap-1">
              {keyBindings
                .filter((it) => it.group === group)
                .map((binding) => (
                  <div
                    key={binding.action}
                    className="flex items-center justify-between gap-4 border-b border-soft py-1 last:border-0"
                  >
                    <dt>{binding.says}</dt>
                    <dd className="flex gap-1">
                      {binding.keys.map((key) => (
                        <Kbd key={key}>{keyName(key, mac)}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-4 text-sm text-faint">
        Inside the grid and the lists, the arrow keys move from one to the next; each is one stop of
        the tab key.
      </p>
      <div className="mt-3 border-t border-soft pt-3">
        <Checkbox label="Letters act by themselves" checked={single} onChange={setSingleKeys} />
        <p className="mt-1 text-sm text-faint">
          Without them, the palette ({keyName('Mod+k', mac)}) and the menu of your name do the same.
        </p>
      </div>
    </Dialog>
  )
}
