import type { SignInLink } from '@/lib/protocol/settings'
import { Time } from '../ui/time'
import { ShownOnce } from './shown-once'

/** A one-time link, to be handed to whom it is for. */
export function SignInLinkView({ link }: { link: SignInLink }) {
  return (
    <ShownOnce label="Sign-in link" secret={new URL(link.path, window.location.origin).href}>
      Give it to <b className="font-semibold text-ink">{link.user}</b>, and nobody else: it signs in
      once, and ends <Time at={link.until} style="relative" className="font-medium text-ink" />.
    </ShownOnce>
  )
}
