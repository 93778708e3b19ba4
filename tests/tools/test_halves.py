"""Which Python tests run at PostgreSQL, too: by the marks of tests/api/workspace.py."""
import os
import sys
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(TOP, "tools"), os.path.join(TOP, "tests", "api")]
import test as tool  # noqa: E402
from workspace import about_files, about_stores  # noqa: E402


def nothing(self):
    """Stands for a test; a function of its own for each mark."""


def made(name, has_store=True, **tests):
    """A class of three tests, made here so that they are not found as tests of this file."""
    body = {"test_a": nothing, "test_b": nothing, "test_c": nothing, **tests}
    return type(name, (unittest.TestCase,), dict(body, store_place=None) if has_store else body)


def chosen(whole):
    classes = (made("Plain"), made("Another", test_a=about_files(lambda self: None)),
               about_stores(made("OfStores", test_b=about_files(lambda self: None))),
               made("OneOfStores", test_c=about_stores(lambda self: None)), about_files(made("OfFiles")),
               made("WithoutStore", has_store=False))
    suite = unittest.TestSuite(unittest.TestLoader().loadTestsFromTestCase(one) for one in classes)
    return [test.id().partition(".")[2] for test in tool.tests_at_server(tool.tests_of(suite), whole)]


class Halves(unittest.TestCase):
    def test_one_of_each_class_and_all_that_are_about_stores(self):
        self.assertEqual(chosen(False), ["Plain.test_a", "Another.test_b", "OfStores.test_a", "OfStores.test_c",
                                         "OneOfStores.test_a", "OneOfStores.test_c"])

    def test_all_but_those_about_files(self):
        self.assertEqual(len(chosen(True)), 3 + 2 + 2 + 3)


if __name__ == "__main__":
    unittest.main()
