import { AttentionRoom } from '@/components/attention/attention-room'

export const metadata = { title: 'Attention' }

export default function AttentionPage() {
  return <AttentionRoom />
}
