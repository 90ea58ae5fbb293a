'use client'

import { Send } from 'lucide-react'
import { useMemo } from 'react'
import type { SignalView } from '@/lib/protocol/signal'
import { ackLatencies } from '@/lib/view/latency'
import { matchesSignal, signalFilterOf } from '@/lib/view/signal-filter'
import type { View } from '@/lib/view/view'
import { useShortcut } from '../frame/shortcuts'
import { useMay } from '../live/session-context'
import { useIsLoaded, useView } from '../live/use-live'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Kbd } from '../ui/kbd'
import { SidePane } from '../ui/side-pane'
import { addressNow, useUrlState } from '../ui/use-url-state'
import { Composer } from './composer'
import { LazyLatencyChart } from './lazy-latency-chart'
import { SignalPanel } from './signal-panel'
import { SignalTable } from './signal-table'
import { SignalsBar } from './signals-bar'
import { useHeldRows } from './use-held-rows'
import { useOlderSignals } from './use-older-signals'

/** ACKs in the chart of latencies. */
const CHARTED = 300
const signalsOf = (view: View) => view.signals

/** Every signal of late with what became of it, and the desk to send one. */
export function SignalsRoom() {
  const [url, setUrl] = useUrlState()
  const loaded = useIsLoaded()
  const live = useView(signalsOf)
  const may = useMay('operator')
  const older = useOlderSignals(live)
  const filter = signalFilterOf((name) => url.get(name))
  const filterText = JSON.stringify(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the filter, which is new each time
  const all = useMemo(
    () => latestFirst(live, older.signals).filter((it) => matchesSignal(filter, it)),
    [live, older.signals, filterText],
  )
  const held = useHeldRows(all)
  const { rows } = held
  const selected = url.get('signal') ?? undefined
  const composing = may && url.get('compose') === '1'
  const charted = url.get('chart') === '1'
  const compose = () => setUrl({ compose: '1', signal: undefined }, true)
  const open = (signalId: string) =>
    setUrl({ signal: signalId, compose: undefined, to: undefined }, true)
  const close = () => setUrl({ signal: undefined, compose: undefined, to: undefined }, true)
  const step = (by: number) => {
    const named = addressNow().get('signal')
    const at = rows.findIndex((it) => it.signalId === named)
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next === undefined) return false
    setUrl({ signal: next.signalId, compose: undefined, to: undefined })
  }
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))
  useShortcut('send', () => (may ? compose() : false))
  useShortcut('close', () => (selected !== undefined || composing ? close() : false))

  const filtered = Object.keys(filter).length > 0
  return (
    <div className="relative flex min-h-0 flex-1">
      <section aria-label="Signals" className="flex min-h-0 min-w-0 flex-1 flex-col">
        <SignalsBar
          url={url}
          onChange={setUrl}
          filter={filterText}
          shown={loaded ? rows.length : undefined}
          action={
            may && (
              <Button size="md" kind="primary" onClick={compose}>
                <Send /> Send signal
              </Button>
            )
          }
        />
        {charted && (
          <div className="border-t border-line bg-panel px-4 py-3">
            <LazyLatencyChart latencies={ackLatencies(all, CHARTED)} />
          </div>
        )}
        <SignalTable
          held={held}
          loading={!loaded}
          selected={selected}
          onOpen={open}
          older={older}
          empty={
            filtered ? (
              <EmptyState
                title="No signal passes this filter"
                action={
                  <Button
                    onClick={() =>
                      setUrl({ q: undefined, state: undefined, type: undefined, with: undefined })
                    }
                  >
                    Show all
                  </Button>
                }
              >
                The list holds all that are pending, and the latest that are settled.
              </EmptyState>
            ) : (
              <EmptyState icon={<Send />} title="No signal has been sent yet">
                Coordinators send them as they work.{' '}
                {may && (
                  <>
                    So can you, with <Kbd>s</Kbd>.
                  </>
                )}
              </EmptyState>
            )
          }
        />
      </section>
      {composing ? (
        <SidePane label="Send a signal" onClose={close}>
          <Composer
            to={(url.get('to') ?? '').split(',').filter(Boolean)}
            onSent={(signalId) =>
              setUrl({ signal: signalId, compose: undefined, to: undefined }, true)
            }
            onClose={close}
          />
        </SidePane>
      ) : (
        selected !== undefined && (
          <SidePane label="Signal" onClose={close}>
            <SignalPanel key={selected} signalId={selected} onClose={close} />
          </SidePane>
        )
      )}
    </div>
  )
}

function latestFirst(
  live: ReadonlyMap<string, SignalView>,
  older: readonly SignalView[],
): SignalView[] {
  const all = new Map(older.map((it) => [it.signalId, it]))
  // The board's own is never older than what was read once.
  for (const [signalId, signal] of live) all.set(signalId, signal)
  const latest = [...all.values()].reverse()
  // The board keeps them in the order of sending: mostly there is nothing to sort.
  const inOrder = latest.every((it, index) => it.timestamp <= (latest[index - 1] ?? it).timestamp)
  return inOrder
    ? latest
    : latest.sort((a, b) => b.timestamp - a.timestamp || (a.signalId < b.signalId ? -1 : 1))
}
