import { onDemand } from '../ui/on-demand'
import { ConnectionButton } from './connection-button'

/** The lamp of the connection; its details on a press. */
export const Connection = onDemand(ConnectionButton, () =>
  import('./connection-details').then((it) => it.default),
)
