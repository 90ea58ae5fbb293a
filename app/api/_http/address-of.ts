import { ADDRESS_HEADER } from '@/lib/auth/address-header'

/** The address that a request came from, as the server saw it. */
export function addressOf(request: Request): string {
  return request.headers.get(ADDRESS_HEADER) ?? 'unknown'
}
