--- @include "includes/signal-record"
-- Which target of a signal a coordinator may answer for: itself, unless that place was handed on,
-- else one that was handed to it, one that has not answered before others.
-- Answers target and state, or nil.
local function held_target(key, id, wanted)
  local own = get_target(key, wanted)
  if own and (own.heldBy or wanted) == id then return wanted, own end
  local handed = redis.call('HGET', key, 'h:' .. id)
  if not handed then return nil end
  local fallback, fallback_state
  for target in string.gmatch(handed, '[^,]+') do
    local it = get_target(key, target)
    if it and it.heldBy == id then
      if it.state == 'pending' then return target, it end
      fallback, fallback_state = fallback or target, fallback_state or it
    end
  end
  return fallback, fallback_state
end
