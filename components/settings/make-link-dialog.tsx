'use client'

import { explain } from '../live/api-error'
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
      onClose={onClose}
    >
      <div className="grid gap-3 text-base text-mute">
        <p>
          Whoever has the link is {name}, once. Sessions and password stay as they are; a forgotten
          password is replaced by <b className="font-semibold text-ink">Reset password</b>.
        </p>
        {make.error && (
          <p role="alert" className="text-sm text-dead-ink">
            {explain(make.error)}
          </p>
        )}
      </div>
    </OnceDialog>
  )
}
