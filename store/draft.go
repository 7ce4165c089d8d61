package store

// draft is a map whose latest changes can be dropped. An import remembers what a batch did only once that is committed:
// a batch that fails is written again, and the import must then know no more than the library does. The zero value of V
// is the same as none.
type draft[K, V comparable] struct {
	kept    map[K]V
	changed map[K]V
	cleared bool // kept does not count any more
}

func (d *draft[K, V]) get(key K) V {
	if value, is := d.changed[key]; is || d.cleared {
		return value
	}
	return d.kept[key]
}

func (d *draft[K, V]) set(key K, value V) {
	if d.changed == nil {
		d.changed = map[K]V{}
	}
	d.changed[key] = value
}

func (d *draft[K, V]) clear() { d.changed, d.cleared = nil, true }

// settle makes the changes last, or takes them back.
func (d *draft[K, V]) settle(keep bool) {
	if keep {
		if d.kept == nil || d.cleared {
			d.kept = map[K]V{}
		}
		var none V
		for key, value := range d.changed {
			if value == none {
				delete(d.kept, key)
			} else {
				d.kept[key] = value
			}
		}
	}
	d.changed, d.cleared = nil, false
}
