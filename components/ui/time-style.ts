import { storedChoice, useStoredChoice } from './stored-choice'

/** How times are written: as an age, or as the hour, in UTC or the reader's own zone. */
export type TimeStyle = 'relative' | 'utc' | 'local'

const STYLES: readonly [TimeStyle, ...TimeStyle[]] = ['relative', 'utc', 'local']
const choice = storedChoice('signalbox.times', STYLES)

/** How times are written now. */
export const timeStyle = choice.get
export const setTimeStyle = choice.set
/** Calls back when times are written another way. Answers how to stop. */
export const onTimeStyle = choice.subscribe
export const useTimeStyle = (): TimeStyle => useStoredChoice(choice)

/** From an age to UTC, to local, and back to an age. */
export function toggleTimeStyle(): void {
  choice.set(STYLES[STYLES.indexOf(choice.get()) + 1] ?? choice.first)
}
