import { Gauge, type Registry } from 'prom-client'
import { BREAKER_STATES } from '@/lib/protocol/breaker'
import type { Board } from '@/lib/runtime/runtime'
import { ownerEnded } from '@/lib/view/breaker-owner'
import { SeriesCap } from './series-cap'

/** Times the states that a coordinator can be in, still below a thousand series. */
const MOST_SWARMS = 100

/** What stands on the board at the moment of asking, by swarm; who is gone has no series any more. */
export function createBoardMetrics(register: Registry, board: Board): void {
  const registers = [register]

  new Gauge({
    name: 'signalbox_coordinators',
    help: 'Coordinators with a record, by state; blocked are active ones in a wait',
    labelNames: ['swarm_id', 'status'],
    registers,
    collect() {
      this.reset()
      const cap = new SeriesCap(MOST_SWARMS)
      for (const { swarmId, liveness, waits } of board.view().coordinators.values()) {
        const status = liveness === 'active' && waits.length > 0 ? 'blocked' : liveness
        this.inc({ swarm_id: cap.of(swarmId), status })
      }
    },
  })
  new Gauge({
    name: 'signalbox_pending_acks',
    help: 'Targets of signals that have not answered',
    labelNames: ['swarm_id'],
    registers,
    collect() {
      this.reset()
      const cap = new SeriesCap(MOST_SWARMS)
      const { coordinators, signals } = board.view()
      for (const { targets } of signals.values()) {
        for (const { state, heldBy, coordinatorId } of targets) {
          if (state !== 'pending') continue
          const swarmId = coordinators.get(heldBy ?? coordinatorId)?.swarmId ?? 'none'
          this.inc({ swarm_id: cap.of(swarmId) })
        }
      }
    },
  })
  new Gauge({
    name: 'signalbox_work_items',
    help: 'Work items in hand',
    labelNames: ['swarm_id'],
    registers,
    collect() {
      this.reset()
      const cap = new SeriesCap(MOST_SWARMS)
      for (const { swarmId, workItems } of board.view().coordinators.values()) {
        this.inc({ swarm_id: cap.of(swarmId) }, workItems)
      }
    },
  })
  new Gauge({
    name: 'signalbox_breakers',
    help: 'Circuit breakers as their owners last published them, of owners that have not ended',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of BREAKER_STATES) this.set({ state }, 0)
      const view = board.view()
      for (const it of view.breakers.values())
        if (ownerEnded(view, it) === undefined) this.inc({ state: it.state })
    },
  })
}
