import { type Part, said, text } from './sentence'

/** The end of a sentence that says why, where somebody did. */
export function because(reason: string | undefined): Part[] {
  return reason === undefined || reason === '' ? [] : [text(': '), said(reason)]
}
