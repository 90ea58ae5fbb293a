import type { ExternalToast } from 'sonner'

type Kind = 'success' | 'error' | 'warning' | 'info'

/** Shows a short notice. Its code comes with the first one: a quiet board needs none. */
export function notify(kind: Kind, title: string, options?: ExternalToast): void {
  import('sonner').then(
    ({ toast }) => toast[kind](title, options),
    // Where even this is out of reach, the banner over the room says why.
    () => {},
  )
}
