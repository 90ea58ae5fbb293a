import type { BoxEvent } from '../protocol/events'

/** Kinds of those who cause events. A coordinator has nothing before its id, the others have their kind. */
export const ACTOR_KINDS = ['coordinator', 'operator', 'monitor', 'spawner', 'system'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

export function actorKind(actor: string): ActorKind {
  const kind = ACTOR_KINDS.find((it) => actor.startsWith(`${it}:`))
  return kind ?? (actor === 'system' ? 'system' : 'coordinator')
}

/** Whether somebody caused an event: `wanted` is an actor, such as `operator:ada`, or a kind with a colon, `operator:`. */
export function isEventBy({ actor }: BoxEvent, wanted: string): boolean {
  return wanted.endsWith(':') ? `${actorKind(actor)}:` === wanted : actor === wanted
}
