import { z } from 'zod'
import { sequenceSchema } from '@/lib/protocol/ids'
import { route } from '../../_http/define-route'

const query = z.strictObject({
  before: sequenceSchema.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** Who did what, when and why, newest first; `next` goes on with `before`. */
export const GET = route({ role: 'operator', query }, ({ runtime, query: { before, limit } }) =>
  runtime.commands.audit.page({ before, limit }),
)
