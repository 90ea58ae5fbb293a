import { useQuery } from '@tanstack/react-query'
import type { BoxEvent } from '@/lib/protocol/events'
import { signalDetailSchema } from '@/lib/protocol/http'
import { apiGet } from '../live/api'
import { useReadAgain } from '../live/use-read-again'

const NAME = 'signal-detail'
const isAbout = ({ entity }: BoxEvent, signalId: string) => entity === `signal:${signalId}`

/** A signal with its payload and its ACKs, each checked by the server; read again when something became of it. */
export function useSignalDetail(signalId: string) {
  useReadAgain(NAME, signalId, isAbout)
  return useQuery({
    queryKey: [NAME, signalId],
    queryFn: ({ signal }) =>
      apiGet(`/signals/${encodeURIComponent(signalId)}`, signalDetailSchema, signal),
  })
}
