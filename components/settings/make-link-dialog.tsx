'use client'

import { OnceDialog } from './once-dialog'
import { SignInLinkView } from './sign-in-link-view'
import { useMakeLink } from './use-users'

/** Makes a link for somebody who has no password, or has lost it. */
export function MakeLinkDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const make = useMakeLink()
  return (
    <OnceDialog
      title={`Make a sign-in link for ${name}?`}
      madeTitle={`A link for ${name}`}
      confirm="Make link"
      busy={make.isPending}
      made={make.data && <SignInLinkView link={make.data} />}
      onConfirm={() => make.mutate(name)}
      error={make.error}
      onClose={onClose}
    >
      <p className="text-base text-mute">
        Whoever has the link is {name}, once. Sessions and password stay as they are; a forgotten
        password is replaced by <b className="font-semibold text-ink">Reset password</b>.
      </p>
    </OnceDialog>
  )
}
