import type { AttentionAction } from '@/lib/view/attention-entry'

/** The words on an entry's button. */
export function actionLabel(action: AttentionAction): string {
  switch (action.kind) {
    case 'escalate':
      return 'Escalate…'
    case 'escalate-all':
      return `Escalate ${action.coordinatorIds.length.toLocaleString('en')}…`
    case 'open-coordinator':
      return 'Open'
    case 'show-coordinators':
      return 'Show'
    case 'show-cycle':
      return 'Show cycle'
    case 'show-breakers':
      return 'Show breakers'
    case 'decide':
      return 'Decide…'
    case 'show-round':
      return 'Show round'
    case 'show-signals':
      return 'Show signals'
  }
}

/** Where a button leads that shows something in another room. */
export function actionHref(
  action: Exclude<AttentionAction, { kind: 'escalate' | 'escalate-all' | 'open-coordinator' }>,
): string {
  switch (action.kind) {
    case 'show-coordinators':
      return `/?q=${encodeURIComponent(action.filter)}`
    case 'show-cycle':
      return `/waits?cycle=${encodeURIComponent(action.cycle)}`
    case 'show-breakers':
      return `/breakers?name=${encodeURIComponent(action.name)}`
    case 'decide':
    case 'show-round':
      return `/consensus?round=${encodeURIComponent(action.key)}`
    case 'show-signals':
      return `/signals?with=${encodeURIComponent(action.coordinatorId)}`
  }
}

/** A link that shows one entry in the room, and still leads to what is left of it later. */
export function entryHref(id: string): string {
  return `/attention?entry=${encodeURIComponent(id)}`
}

/** Changes something: viewers are not offered it. */
export function changesSomething({ kind }: AttentionAction): boolean {
  return kind === 'escalate' || kind === 'escalate-all' || kind === 'decide'
}
