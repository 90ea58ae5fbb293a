export const GROUPINGS = ['swarm', 'loop', 'status'] as const
export type Grouping = (typeof GROUPINGS)[number]
export const DENSITIES = ['card', 'compact', 'lamp'] as const
export type Density = (typeof DENSITIES)[number]
export const ORDERS = ['name', 'worst'] as const
export type Order = (typeof ORDERS)[number]

/** Everything about the board that an address holds, so that a link shows the same. */
export interface BoardState {
  filter: string
  grouping: Grouping
  density: Density
  order: Order
}

export const PLAIN_BOARD: BoardState = {
  filter: '',
  grouping: 'swarm',
  density: 'card',
  order: 'name',
}

/** Reads what it knows; anything else is as if it were not there. */
export function boardStateOf(search: URLSearchParams): BoardState {
  const one = <T extends string>(name: string, known: readonly T[], otherwise: T): T =>
    known.find((it) => it === search.get(name)) ?? otherwise
  return {
    filter: search.get('q') ?? PLAIN_BOARD.filter,
    grouping: one('group', GROUPINGS, PLAIN_BOARD.grouping),
    density: one('density', DENSITIES, PLAIN_BOARD.density),
    order: one('order', ORDERS, PLAIN_BOARD.order),
  }
}

/** The same parameters with this state in them; what is plain is left out, and what is not ours stays. */
export function withBoardState(search: URLSearchParams, state: BoardState): URLSearchParams {
  const next = new URLSearchParams(search)
  const put = (name: string, value: string, plain: string) => {
    if (value === plain) next.delete(name)
    else next.set(name, value)
  }
  put('q', state.filter, PLAIN_BOARD.filter)
  put('group', state.grouping, PLAIN_BOARD.grouping)
  put('density', state.density, PLAIN_BOARD.density)
  put('order', state.order, PLAIN_BOARD.order)
  return next
}
