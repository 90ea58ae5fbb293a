import {
  BULK_LINES,
  type BulkInput,
  type BulkTargetResult,
  bulkTargetResultSchema,
} from '@/lib/protocol/commands'
import { apiLines } from './api'

/**
 * Carries one action out on many; each result is told as soon as it is there. Who is never told of was
 * perhaps done: the same `requestId` again does nothing twice.
 * @throws ApiError
 */
export function sendBulk(
  input: BulkInput,
  told: (result: BulkTargetResult) => void,
): Promise<void> {
  return apiLines('/coordinators/actions', input, BULK_LINES, bulkTargetResultSchema, told)
}
