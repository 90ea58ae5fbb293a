import { type ReactNode, useId } from 'react'

export interface FieldIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Stands at the right of the label. */
  aside?: ReactNode
  /** Gets the ids that tie the control to its label, hint and error. */
  children: (ids: FieldIds) => ReactNode
}

/** A label, a control, and what is wrong with it. */
export function Field({ label, hint, error, aside, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium text-mute">
          {label}
        </label>
        {aside && <span className="text-xs text-faint">{aside}</span>}
      </div>
      {children({
        id,
        'aria-describedby': note ? noteId : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {note && (
        <p
          id={noteId}
          role={error ? 'alert' : undefined}
          className={error ? 'text-sm text-dead-ink' : 'text-xs text-faint'}
        >
          {note}
        </p>
      )}
    </div>
  )
}
