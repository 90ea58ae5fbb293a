import { WaitsRoom } from '@/components/waits/waits-room'

export const metadata = { title: 'Waits' }

export default function WaitsPage() {
  return <WaitsRoom />
}
