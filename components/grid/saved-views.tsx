'use client'

import { Bookmark, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Input } from '../ui/input'
import { Popover } from '../ui/popover'
import { type BoardState, boardStateOf, PLAIN_BOARD, withBoardState } from './board-url'
import { useStoredViews } from './stored-views'

interface SavedViewsProps {
  state: BoardState
  onOpen: (state: BoardState) => void
  defaultOpen: boolean
}

/** Filters that a person comes back to, by name, kept in this browser. */
export default function SavedViews({ state, onOpen, defaultOpen }: SavedViewsProps) {
  const [views, save, remove] = useStoredViews()
  const [open, setOpen] = useState(defaultOpen)
  const [name, setName] = useState('')
  const address = withBoardState(new URLSearchParams(), state).toString()
  return (
    <Popover
      label="Saved views"
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-72"
      trigger={
        <IconButton label="Saved views">
          <Bookmark />
        </IconButton>
      }
    >
      <div className="grid gap-3">
        {views.length === 0 ? (
          <p className="text-sm text-faint">
            A saved view brings a filter, its grouping and density back.
          </p>
        ) : (
          <ul className="grid gap-0.5">
            {views.map((view) => (
              <li key={view.name} className="flex items-center">
                <button
                  type="button"
                  className="flex min-w-0 flex-1 items-baseline gap-2 rounded-md px-2 py-1.5 text-left hover:bg-soft"
                  onClick={() => {
                    onOpen(boardStateOf(new URLSearchParams(view.search)))
                    setOpen(false)
                  }}
                >
                  <span className="max-w-full flex-none truncate font-medium">{view.name}</span>
                  <span className="mono truncate text-xs text-faint">
                    {new URLSearchParams(view.search).get('q')}
                  </span>
                </button>
                <IconButton
                  size="sm"
                  label={`Remove ${view.name}`}
                  onClick={() => remove(view.name)}
                >
                  <Trash2 />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <form
          className="flex gap-2 border-t border-soft pt-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() === '') return
            save({ name: name.trim(), search: address })
            setName('')
          }}
        >
          <Input
            aria-label="Name of this view"
            placeholder="Name this view"
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" size="md" disabled={name.trim() === ''}>
            Save
          </Button>
        </form>
        {address !== '' && (
          <Button
            kind="ghost"
            onClick={() => {
              onOpen(PLAIN_BOARD)
              setOpen(false)
            }}
          >
            Back to the plain board
          </Button>
        )}
      </div>
    </Popover>
  )
}
