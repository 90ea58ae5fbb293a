'use client'

import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { SignInLinkView } from './sign-in-link-view'
import { useMakeLink } from './use-users'

/** Makes a link for somebody who has no password, or has lost it. */
export function MakeLinkDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const make = useMakeLink()
  const link = make.data
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={link ? `A link for ${name}` : `Make a sign-in link for ${name}?`}
      footer={
        link ? (
          <Button kind="primary" size="md" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button size="md" onClick={onClose}>
              Not now
            </Button>
            <Button
              kind="primary"
              size="md"
              busy={make.isPending}
              onClick={() => make.mutate(name)}
            >
              Make link
            </Button>
          </>
        )
      }
    >
      {link ? (
        <SignInLinkView link={link} />
      ) : (
        <div className="grid gap-3 text-base text-mute">
          <p>
            Whoever has the link is {name}, once. Sessions and password stay as they are; a
            forgotten password is replaced on the server:
          </p>
          <code className="mono rounded-lg border border-line bg-bg px-2.5 py-2 text-sm text-ink">
            npm run users -- set-password {name}
          </code>
          {make.error && (
            <p role="alert" className="text-sm text-dead-ink">
              {explain(make.error)}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}
