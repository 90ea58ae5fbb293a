'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { STATUSES } from '@/lib/protocol/liveness'
import { FILTER_WORDS, quoteFilterValue } from '@/lib/view/filter'
import type { View } from '@/lib/view/view'
import { useShortcut } from '../frame/shortcuts'
import { useView } from '../live/use-live'
import { cx } from '../ui/cx'
import { IconButton } from '../ui/icon-button'
import { Kbd } from '../ui/kbd'
import { byName } from './group-coordinators'
import { type Suggestion, suggestFor } from './suggest-filter'

interface FilterBoxProps {
  value: string
  error: string | undefined
  onChange: (filter: string) => void
}

const sameList = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((it, index) => it === other[index])

const swarmsOf = (view: View): string[] =>
  [...new Set([...view.coordinators.values()].map((it) => it.swarmId))].sort(byName)

/** Narrows the board by words and free text, and helps with what can stand there. */
export function FilterBox({ value, error, onChange }: FilterBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const [text, setText] = useState(value)
  const [helps, setHelps] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const swarms = useView(swarmsOf, sameList)
  // What was typed comes back by the address, and on a busy page late: by then more may be typed.
  const typed = useRef<string[]>([])
  // A link, the back button or a figure on top may change it from outside.
  useEffect(() => {
    const echo = typed.current.indexOf(value)
    typed.current = echo < 0 ? [] : typed.current.slice(echo + 1)
    if (echo < 0) setText((text) => (text.trim() === value ? text : value))
  }, [value])
  useShortcut('search', () => {
    input.current?.focus()
    input.current?.select()
  })

  const suggestions = helps
    ? suggestFor(text, {
        words: FILTER_WORDS,
        values: {
          swarm: swarms.map(quoteFilterValue),
          status: STATUSES,
          label: ['sample', 'load', 'none'],
          loop: ['3', '2', '4'],
        },
      })
    : []
  const type = (next: string) => {
    setText(next)
    setHelps(true)
    setChosen(-1)
    const filter = next.trim()
    if (filter !== (typed.current.at(-1) ?? value)) typed.current.push(filter)
    onChange(filter)
  }
  const take = (suggestion: Suggestion | undefined) => {
    if (!suggestion) return
    type(suggestion.text)
    input.current?.focus()
  }
  return (
    <search className="relative min-w-0 flex-1">
      <div
        className={cx(
          'flex h-8 items-center gap-2 rounded-lg border bg-panel px-2.5 focus-within:border-ivory',
          error ? 'border-dead' : 'border-line',
        )}
      >
        <Search aria-hidden className="size-3.5 flex-none text-faint" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Filter the board"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${listId}-error` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="swarm: status: phase: or a name"
          value={text}
          onChange={(event) => type(event.target.value)}
          onFocus={() => setHelps(true)}
          onBlur={() => setHelps(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault()
              if (suggestions.length > 0 && helps) setHelps(false)
              else input.current?.blur()
            } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              const by = event.key === 'ArrowDown' ? 1 : -1
              setChosen((at) => Math.max(-1, Math.min(suggestions.length - 1, at + by)))
            } else if (event.key === 'Enter') {
              event.preventDefault()
              if (chosen >= 0) take(suggestions[chosen])
              else input.current?.blur()
            } else if (event.key === 'Tab' && chosen >= 0) {
              event.preventDefault()
              take(suggestions[chosen])
            }
          }}
          className="mono h-full min-w-0 flex-1 bg-transparent text-sm text-ink outline-none"
        />
        {text === '' ? (
          <Kbd hint>/</Kbd>
        ) : (
          <IconButton
            size="sm"
            label="Clear the filter"
            className="-mr-1.5"
            onClick={() => type('')}
          >
            <X />
          </IconButton>
        )}
      </div>
      {error && suggestions.length === 0 && (
        <p
          id={`${listId}-error`}
          role="alert"
          className="absolute top-full right-0 left-0 z-20 mt-1 rounded-md border border-line bg-raise px-2.5 py-1.5 text-sm text-dead-ink shadow-float"
        >
          {error}
        </p>
      )}
      <div
        id={listId}
        role="listbox"
        aria-label="What can stand here"
        className={cx(
          'absolute top-full right-0 left-0 z-20 mt-1 rounded-lg border border-line bg-raise p-1 shadow-float',
          suggestions.length === 0 && 'hidden',
        )}
      >
        {suggestions.map((it, index) => (
          <div
            key={it.text}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            // Before the input loses the focus.
            onPointerDown={(event) => {
              event.preventDefault()
              take(it)
            }}
            className="flex cursor-pointer items-baseline gap-3 rounded-md px-2 py-1 hover:bg-soft aria-selected:bg-soft"
          >
            <span className="mono flex-none text-sm text-ink">{it.shown}</span>
            <span className="truncate text-xs text-faint">{it.help}</span>
          </div>
        ))}
      </div>
    </search>
  )
}
