/** What scripts note by the name of their event; all else was named by the coordinator itself. */
const WORDS: Readonly<Record<string, string>> = {
  'signal.sent': 'sent a signal',
  'signal.acked': 'acknowledged a signal',
  'signal.completed': 'completed a signal',
  'work.stored': 'stored a work item',
  'work.completed': 'completed a work item',
  'consensus.vote_cast': 'voted',
  'consensus.vote_replaced': 'changed its vote',
  'consensus.decided': 'decided',
}

/** The last thing that a coordinator did, in words. */
export function actionWord(what: string): string {
  return WORDS[what] ?? what
}
