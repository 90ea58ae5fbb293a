import * as z from 'zod'
import { idSchema, timestampSchema } from './ids'

/** What somebody can ask to be told of. `attention` is every new entry of the room of that name. */
export const WEBHOOK_SUBJECTS = ['attention', 'deaths', 'replacements', 'breakers'] as const
export const webhookSubjectSchema = z.enum(WEBHOOK_SUBJECTS)
export type WebhookSubject = z.infer<typeof webhookSubjectSchema>

export const webhookIdSchema = z.string().regex(/^[A-Za-z0-9_-]{8,32}$/)
export const MAX_WEBHOOKS = 20

/** http or https, without a name and password in it: those would stand in logs and lists. */
export const webhookUrlSchema = z
  .string()
  .max(2000)
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const { protocol, username, password } = new URL(text)
    return /^https?:$/.test(protocol) && username === '' && password === ''
  }, 'must be an address beginning with https:// or http://, without a password in it')

/** `POST /api/v1/webhooks` */
export const newWebhookSchema = z
  .object({
    name: idSchema,
    url: webhookUrlSchema,
    about: z
      .array(webhookSubjectSchema)
      .min(1, 'must name what it is told of')
      .max(WEBHOOK_SUBJECTS.length),
  })
  .strict()
export type NewWebhook = z.infer<typeof newWebhookSchema>

/** One attempt to deliver, as it went. */
export const deliveryAttemptSchema = z.object({
  at: timestampSchema,
  deliveryId: z.string(),
  /** 1 is the first. */
  attempt: z.number().int().positive(),
  /** `retried`: it failed, and is tried again; `dropped`: too many waited, and it was not tried at all. */
  outcome: z.enum(['delivered', 'retried', 'failed', 'dropped']),
  /** What it told of. */
  subject: z.string(),
  /** HTTP's. */
  status: z.number().int().optional(),
  /** Why it failed, in words. */
  error: z.string().optional(),
  tookMs: z.number().nonnegative(),
  /** When it is tried again. */
  nextAt: timestampSchema.optional(),
})
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>

export const webhookSchema = z.object({
  id: webhookIdSchema,
  name: idSchema,
  url: z.string(),
  about: z.array(webhookSubjectSchema),
  createdAt: timestampSchema,
  createdBy: z.string(),
})
export type Webhook = z.infer<typeof webhookSchema>

/** `GET /api/v1/webhooks`. Secrets are nowhere to be read. */
export const webhookListSchema = z.object({
  webhooks: z.array(webhookSchema.extend({ attempts: z.array(deliveryAttemptSchema) })),
})
export type ShownWebhook = z.infer<typeof webhookListSchema>['webhooks'][number]

/** The answer of `POST`: the only time that the secret is shown. */
export const createdWebhookSchema = z.object({ id: webhookIdSchema, secret: z.string() })

/** The answer of `POST /api/v1/webhooks/{id}/test`. */
export const testedWebhookSchema = z.object({ attempt: deliveryAttemptSchema })

/** What a receiver gets, as JSON, beside the headers `x-signalbox-signature`, `-delivery` and `-attempt`. */
export const webhookBodySchema = z.object({
  /** The same for all attempts. */
  delivery: z.string(),
  kind: z.enum(['attention', 'test']),
  /** Without a name: the namespace `blocking:`. */
  namespace: z.string(),
  /** Redis' time, ms. */
  at: timestampSchema,
  /** Where to look. */
  url: z.string(),
  entries: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      sentence: z.string(),
      since: timestampSchema,
      coordinators: z.array(z.string()),
    }),
  ),
  /** Further entries that began at the same time, and are left out. */
  more: z.number().int().nonnegative(),
})
export type WebhookBody = z.infer<typeof webhookBodySchema>
export type NoticeEntry = WebhookBody['entries'][number]
