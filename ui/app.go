package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// App is the one Bubble Tea model. Screens, widgets and dialogs are plain structs below it: keys
// and answers are routed to them here. Update reads and writes nothing outside the model; what
// does is in commands.
type App struct {
	common.Common
	o          Options
	background Background
	askedAt    time.Time            // when the terminal was asked for it
	leaving    bool                 // the program ends when the terminal has answered
	depth      colorprofile.Profile // how many colours the terminal has
	epoch      int                  // counts changes of the library; answers of an older one are dropped
	unread     int                  // of what is read anew, how much has not come yet
	noticed    noticed              // of other processes

	screen   keys.Screen
	library  library
	devices  devices
	calendar calendar
	trash    trash
	requests requests
	insights insights

	facets   facets
	playback playback
	dialog   openDialog        // the one that has the keys, nil if none is open
	below    []openDialog      // those that are open below it
	held     []tea.KeyPressMsg // typed ahead, until what they are for can be done
	// read is the epoch of what each screen lists.
	read [keys.Screens]int
	// reverting is whether something is being undone, or done again.
	reverting bool
	asked     int // counts the questions of the dialogs of imports and of groups; answers of older ones are dropped
	imports   importRun
	purging   purging
	press     press
	// elsewhere is whether the user left for the other library.
	elsewhere bool
	clicked   clicked
	status    status
	totals    store.Totals
	// reversible is what undo and redo can do.
	reversible reversible
	loaded     bool // whether the totals were counted once
}

// status is the message in the row above the hints, until it fades.
type status struct {
	text string
	bad  bool
	seq  int
}

func newApp(ctx context.Context, o Options) *App {
	if o.Keys == nil {
		o.Keys = keys.Default()
	}
	a := &App{
		Common: common.Common{
			App: o.App, Ctx: ctx, Open: o.Open, OpenSound: o.OpenSound, Home: o.Home, Sample: o.Sample, Keys: o.Keys, Layout: common.NewLayout(80, 24),
		},
		o: o, background: Background{Dark: true}, depth: colorprofile.TrueColor,
	}
	if o.Background != nil && o.Background.Known {
		a.background = *o.Background
	}
	a.library = newLibrary(o.Zone)
	a.restyle()
	a.calendar = newCalendar(o.Now().In(o.Zone))
	a.calendar.list.marked = a.library.list.marked
	a.devices = newDevices()
	a.trash.list = newList(o.Zone)
	a.insights = newInsights()
	a.playback = newPlayback(o.Player)
	return a
}

// Init asks for the terminal's background and has the library read when its version is known, so that no later change
// of it is missed.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.askBackground(), a.lookElsewhere(0), a.dueNow(), a.greet())
}

// restyle draws from now on as the look comes out on the terminal, as far as that is known.
func (a *App) restyle() {
	a.Styles = style.New(a.o.Look, a.background.Dark, a.depth)
	a.library.input.SetStyles(a.Styles.Field())
	a.devices.narrow.SetStyles(a.Styles.Field())
}

// reload reads everything anew after a change of the library.
func (a *App) reload() tea.Cmd {
	a.epoch++
	a.library.list.forget()
	a.trash.list.forget()
	a.calendar.list.forget()
	cmds := []tea.Cmd{a.library.again(a), a.loadTotals(), a.loadDevices(), a.loadTrash(), a.loadRequests(), a.loadDays(), a.loadSearches(), a.loadReversible(), a.renewFacets(), a.playback.check(a), a.checkMarks()}
	if a.screen == keys.InsightsScreen { // which else counts when it is shown
		cmds = append(cmds, a.insights.load(a))
	}
	if past, open := a.dialog.(*importsDialog); open {
		cmds = append(cmds, past.load(a))
	}
	return a.count(cmds...)
}

// Update takes a message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	before := a.dialog
	cmd := a.take(msg)
	if a.dialog != before {
		a.DialogOpened()
		if a.dialog != nil && before == nil {
			a.held = nil // they were typed before it could be read
		}
	}
	return a, tea.Batch(cmd, a.playback.giveWay(a), a.Spinner.Follow(a.waits()))
}

func (a *App) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return a.resize(msg.Width, msg.Height)
	case tea.BackgroundColorMsg:
		return a.takeBackground(msg)
	case leaveMsg:
		return tea.Quit
	case tea.ColorProfileMsg:
		a.depth = msg.Profile
		a.restyle()
		return nil
	case tea.KeyPressMsg:
		return a.key(a.Press(msg))
	case tea.PasteMsg:
		return a.paste(msg)
	case tea.MouseMsg:
		return a.mouse(msg)
	case fadedMsg:
		if msg.seq == a.status.seq {
			a.status.text = ""
		}
		return nil
	case widget.SpinMsg:
		return a.Spinner.Take(msg)
	case versionMsg:
		return a.takeVersion(msg)
	case readMsg:
		return a.takeRead(msg)
	}
	return tea.Batch(a.answer(msg), a.resume(), a.rest())
}

// resize gives every screen its rows.
func (a *App) resize(w, h int) tea.Cmd {
	a.Layout = common.NewLayout(w, h)
	a.library.resize(a.Layout)
	a.trash.resize(a.Layout)
	a.calendar.resize(a.Layout)
	return a.rest()
}

// rest returns what has to be done after whatever happened: rows that came into sight are
// read, and the clip under the cursor is decoded when the cursor has come to rest.
func (a *App) rest() tea.Cmd {
	cmds := []tea.Cmd{a.loadRows(&a.library.list), a.loadRows(&a.trash.list), a.playback.follow(a)}
	if a.screen == keys.CalendarScreen && a.calendar.listed(a.Layout) {
		cmds = append(cmds, a.loadRows(&a.calendar.list))
	}
	return tea.Batch(cmds...)
}

// key routes a key to the dialog, the search or the screen.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	if what, is := keys.Always(msg.String()); is {
		return a.do(what)
	}
	if a.dialog == nil && len(a.held) > 0 {
		a.hold(msg)
		return nil
	}
	if a.dialog != nil {
		if msg.String() == "enter" && a.HeldOver(msg) {
			return nil
		}
		return a.toDialog(msg)
	}
	if a.screen == keys.LibraryScreen && a.library.searching() {
		return tea.Batch(a.library.typed(a, msg), a.rest())
	}
	if a.screen == keys.DevicesScreen && a.devices.typing() {
		return a.devices.typed(msg)
	}
	what := a.Keys.Action(a.screen, msg.String())
	if a.early(a.screen, what) {
		a.hold(msg)
		return nil
	}
	if msg.IsRepeat && once(what) {
		return nil
	}
	if what == keys.SeekShare {
		return a.playback.seekTo(a.Keys.Tenth(msg.String()))
	}
	return tea.Batch(a.do(what), a.rest())
}

// paste goes where text is being typed; a path that is pasted or dropped elsewhere is one to import.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case a.dialog != nil:
		return a.toDialog(msg)
	case a.screen == keys.LibraryScreen && a.library.searching():
		return tea.Batch(a.library.typed(a, msg), a.rest())
	case a.screen == keys.DevicesScreen && a.devices.typing():
		return a.devices.typed(msg)
	}
	return a.openImport(msg.Content)
}

// ask numbers a question of a dialog.
func (a *App) ask() int {
	a.asked++
	return a.asked
}

// do carries out an action, or says why that cannot be done: first what holds everywhere, then what
// the screen makes of it.
func (a *App) do(what keys.Action) tea.Cmd {
	// What can be taken back the library knows best: another program may have changed it.
	if reason := a.why(a.screen, what); reason != "" && what != keys.Undo && what != keys.Redo {
		return a.say("%s", reason)
	}
	a.holdCursor(what)
	if cmd, is := a.sound(what); is {
		return cmd
	}
	switch what {
	case keys.None:
		return nil
	case keys.ClearAll:
		if a.playback.review.on {
			return a.playback.stop()
		}
	case keys.GoLibrary, keys.GoDevices, keys.GoCalendar, keys.GoTrash, keys.GoRequests, keys.GoInsights:
		return a.show(keys.Screen(what - keys.GoLibrary))
	case keys.NextScreen:
		return a.show((a.screen + 1) % keys.Screens)
	case keys.Search:
		a.screen = keys.LibraryScreen
		return a.library.startSearch(a)
	case keys.Undo:
		return a.undo()
	case keys.Redo:
		return a.redo()
	case keys.Suggest:
		return a.openSuggestions()
	case keys.Export:
		return a.openExport()
	case keys.OpenSound:
		return a.openElsewhere()
	case keys.OpenImport:
		return a.openImport("")
	case keys.GoElsewhere:
		return a.goElsewhere()
	case keys.ShowPalette:
		return a.openPalette()
	case keys.ShowHelp:
		a.dialog = &help{}
		return nil
	case keys.Suspend:
		return a.suspend()
	case keys.Quit:
		return a.quit()
	}
	if l := a.marking(); l != nil {
		if cmd, is := a.mark(l, what); is {
			return cmd
		}
	}
	switch a.screen {
	case keys.DevicesScreen:
		return a.devices.do(a, what)
	case keys.CalendarScreen:
		return a.calendar.do(a, what)
	case keys.TrashScreen:
		return a.trash.do(a, what)
	case keys.RequestsScreen:
		return a.requests.do(a, what)
	case keys.InsightsScreen:
		return a.insights.do(a, what)
	default:
		return a.library.do(a, what)
	}
}

// holdCursor keeps the cursor from now on where the user has put it or has used it, whatever comes into the library.
func (a *App) holdCursor(what keys.Action) {
	if needs(what) == nothing {
		return
	}
	if l := a.listed(); l != nil {
		l.moved = true
	}
	a.calendar.moved = a.calendar.moved || a.screen == keys.CalendarScreen
}

func (a *App) show(s keys.Screen) tea.Cmd {
	a.screen = s
	if s == keys.InsightsScreen {
		return a.insights.load(a)
	}
	return nil
}

// suspend stops the program until the shell continues it. What plays is paused before, since a program that
// stands still feeds no sound.
func (a *App) suspend() tea.Cmd {
	sound := a.o.Player
	return func() tea.Msg {
		sound.Pause()
		return tea.Suspend()
	}
}

// quit leaves, after a running import has kept what it read.
func (a *App) quit() tea.Cmd {
	if a.imports.running() {
		return a.imports.stopAndQuit(a)
	}
	return a.leave()
}

// say shows a message in the status row for a while.
func (a *App) say(format string, args ...any) tea.Cmd {
	return a.tell(false, fmt.Sprintf(format, args...))
}

// fail shows an error in the status row. Errors stay longer.
func (a *App) fail(err error) tea.Cmd { return a.tell(true, err.Error()) }

func (a *App) tell(bad bool, words string) tea.Cmd {
	a.status = status{text: text.Brief(words), bad: bad, seq: a.status.seq + 1}
	seq, shown := a.status.seq, 6*time.Second
	if bad {
		shown = 20 * time.Second
	}
	return tea.Tick(shown, func(time.Time) tea.Msg { return fadedMsg{seq} })
}

// listed is the list of recordings that is on the screen, nil if there is none.
func (a *App) listed() *list {
	switch {
	case a.screen == keys.LibraryScreen:
		return &a.library.list
	case a.screen == keys.CalendarScreen && a.calendar.listed(a.Layout):
		return &a.calendar.list
	case a.screen == keys.TrashScreen && a.trash.open:
		return &a.trash.list
	}
	return nil
}

// selected is the recording that keys such as play mean. Where none is listed there is none: what
// is not seen is not heard by surprise.
func (a *App) selected() (store.Recording, bool) {
	if l := a.listed(); l != nil {
		return l.selected()
	}
	return store.Recording{}, false
}

// waits reports whether the screen shows less than it should, for the moment.
func (a *App) waits() bool {
	if a.dialogWaits() {
		return true
	}
	r, listed := a.selected()
	decoding := listed && r.Audio != nil && a.playback.loading[r.Audio.ID]
	return decoding || !a.known() && a.reading() || a.screen == keys.LibraryScreen && a.library.busy || a.screen == keys.RequestsScreen && a.requests.reading
}
