import { BreakerPublisher } from '@/lib/cfn-loop/breaker/breaker-publisher'
import type { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import type { ScriptRunner } from '@/lib/redis/run-script'
import type { View } from '@/lib/view/view'

/** How the board names the control room itself among the owners of breakers. */
const OWNER = 'server'
const LOOK_MS = 1000
const REFRESH_MS = 300_000

/**
 * Shows the control room's own breaker around Redis among those of the coordinators.
 *
 * @returns the way to stop
 */
export function publishServerBreaker(
  breaker: CircuitBreaker,
  scripts: ScriptRunner,
  view: () => View,
): () => void {
  const { keys } = scripts
  const publisher = new BreakerPublisher({
    breaker,
    refreshMs: () => REFRESH_MS,
    send: (args) =>
      scripts.run(
        'publishBreaker',
        [keys.breaker(OWNER, breaker.name), keys.events, keys.breakers, keys.coordinator(OWNER)],
        // The server is no coordinator: it has no epoch, and nothing fences it.
        [OWNER, '', '', ...args],
      ),
  })
  // It has no beat that would tell it of an operator's wish; its own board does.
  const timer = setInterval(() => {
    const forced = view().breakers.get(`${OWNER}:${breaker.name}`)?.forced
    if (forced && forced.obeyedAt === undefined) void publisher.publish()
    else if (breaker.getState().state === 'closed') publisher.contact()
  }, LOOK_MS)
  timer.unref()
  void publisher.publish()
  return () => {
    clearInterval(timer)
    publisher.close()
  }
}
