--- @include "includes/signal-record"
-- Which target of a signal a coordinator may answer for: itself, unless that place was handed on, and
-- those that were handed to it.
local function own_target(key, id)
  local own = get_target(key, id)
  if own and (own.heldBy or id) == id then return own end
  return nil
end

-- The wanted one if it is one of them, else one that has not answered, else any.
-- Answers target and state, or nil.
local function held_target(key, id, wanted)
  local it = wanted ~= '' and get_target(key, wanted) or nil
  if it and (it.heldBy or wanted) == id then return wanted, it end
  local own = own_target(key, id)
  if own and own.state == 'pending' then return id, own end
  local fallback, fallback_state = own and id or nil, own
  for target in string.gmatch(redis.call('HGET', key, 'h:' .. id) or '', '[^,]+') do
    it = get_target(key, target)
    if it and it.heldBy == id then
      if it.state == 'pending' then return target, it end
      fallback, fallback_state = fallback or target, fallback_state or it
    end
  end
  return fallback, fallback_state
end
