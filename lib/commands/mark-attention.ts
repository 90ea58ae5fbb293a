import type { CommandContext } from './command'

/** More than anybody looks after; the oldest go. */
const MARKS_KEPT = 1000
const LONGEST_SNOOZE_MS = 7 * 24 * 3_600_000

/**
 * Puts a mark on an entry of the attention list, with its event, in one step.
 * Answers false when `until` is past or too far away.
 */
export async function markAttention(
  { scripts, who, actor }: CommandContext,
  mark: { action: 'acknowledge-attention' | 'snooze-attention'; entry: string; until?: number },
): Promise<boolean> {
  const { action, entry, until } = mark
  const kind = action === 'snooze-attention' ? 'snoozed' : 'acknowledged'
  const data = JSON.stringify({ operator: who.user, action, targets: [entry], until })
  const [code] = await scripts.run(
    'markAttention',
    [scripts.keys.attention, scripts.keys.events],
    [entry, kind, who.user, until ?? '', data, actor, MARKS_KEPT, LONGEST_SNOOZE_MS],
  )
  return code === 'OK'
}
