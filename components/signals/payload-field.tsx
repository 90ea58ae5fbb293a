import { MAX_PAYLOAD_BYTES, MAX_PAYLOAD_DEPTH } from '@/lib/protocol/json'
import type { PayloadCheck } from '@/lib/view/check-payload'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

interface PayloadFieldProps {
  value: string
  onChange: (value: string) => void
  check: PayloadCheck
}

/** JSON that is checked with every key that is pressed. */
export function PayloadField({ value, onChange, check }: PayloadFieldProps) {
  const { bytes, depth } = check
  return (
    <Field
      label="Payload, JSON"
      error={check.ok ? undefined : check.error}
      aside={
        bytes === undefined
          ? undefined
          : `${bytes.toLocaleString('en')} of ${MAX_PAYLOAD_BYTES.toLocaleString('en')} bytes, depth ${depth ?? 0} of ${MAX_PAYLOAD_DEPTH}`
      }
    >
      {(ids) => (
        <TextArea
          {...ids}
          mono
          rows={6}
          spellCheck={false}
          autoComplete="off"
          value={value}
          placeholder={'{ "phase": "validation" }'}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
