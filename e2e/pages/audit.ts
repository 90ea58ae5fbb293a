import type { Page } from '@playwright/test'
import { auditPageSchema } from '@/lib/protocol/http'

/** The entries of the audit that were given this reason. */
export async function auditOf(page: Page, reason: string) {
  const answer = await page.request.get('/api/v1/audit?limit=200')
  return auditPageSchema.parse(await answer.json()).entries.filter((it) => it.reason === reason)
}
