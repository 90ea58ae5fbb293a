import type { BoxEvent } from '../protocol/events'

/** Whether a text stands somewhere in an event, in whatever case. Its sequence is a place, not a word of it. */
export function eventHolds({ seq: _, ...event }: BoxEvent, text: string): boolean {
  return JSON.stringify(event).toLowerCase().includes(text.toLowerCase())
}
