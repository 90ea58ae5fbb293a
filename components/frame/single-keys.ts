import { storedChoice, useStoredChoice } from '../ui/stored-choice'

const choice = storedChoice('signalbox.keys', ['on', 'off'])

/**
 * Whether a letter by itself does something. Who speaks to their machine turns it off: each word of
 * theirs is a row of letters.
 */
export const singleKeys = (): boolean => choice.get() === 'on'
export const setSingleKeys = (on: boolean): void => choice.set(on ? 'on' : 'off')
export const useSingleKeys = (): boolean => useStoredChoice(choice) === 'on'
