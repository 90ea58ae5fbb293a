import { SignalsRoom } from '@/components/signals/signals-room'

export const metadata = { title: 'Signals' }

export default function SignalsPage() {
  return <SignalsRoom />
}
