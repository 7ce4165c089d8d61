// Package setting has the error that names an invalid setting.
package setting
