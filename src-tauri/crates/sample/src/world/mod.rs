//! The world: the whole invented college, made once and never changed.
//!
//! Things point to each other by index. Whatever two tables speak of stands here; what only one table needs is made
//! beside that table.

pub mod clubs;
pub mod companies;
pub mod courses;
pub mod devices;
pub mod kind;
pub mod library;
pub mod majors;
pub mod party;
pub mod paths;
pub mod people;
pub mod places;
pub mod research;
mod secondary;
mod secondary_majors;
pub mod systems;

use std::sync::LazyLock;

use clubs::{Club, Event};
use companies::Company;
use courses::{Course, Lesson, Planned};
use devices::Device;
use kind::Kind;
use library::{Book, Textbook};
use majors::Major;
use party::Organ;
use paths::{Internship, Outcome};
use people::{Class, Staff, Student};
use places::{Base, Lab, Room};
use research::Project;
use systems::{Resource, Simulation, System};

/// Everything there is in the college.
pub struct World {
    /// The kind of school, with what its units, majors and titles are called.
    pub kind: &'static Kind,
    /// 教职工.
    pub staff: Vec<Staff>,
    /// 班级, those of the graduates last.
    pub classes: Vec<Class>,
    /// 学生, the graduates last.
    pub students: Vec<Student>,
    /// 教室, training rooms last.
    pub rooms: Vec<Room>,
    /// 实训室.
    pub labs: Vec<Lab>,
    /// 实训基地.
    pub bases: Vec<Base>,
    /// 企业.
    pub companies: Vec<Company>,
    /// 课程.
    pub courses: Vec<Course>,
    /// 计划课程 of this term.
    pub plans: Vec<Planned>,
    /// Timetable.
    pub lessons: Vec<Lesson>,
    /// 实习.
    pub internships: Vec<Internship>,
    /// 毕业去向 with the graduate's index.
    pub outcomes: Vec<(usize, Outcome)>,
    /// 教材.
    pub textbooks: Vec<Textbook>,
    /// 图书.
    pub books: Vec<Book>,
    /// 信息化系统.
    pub systems: Vec<System>,
    /// 数字资源.
    pub resources: Vec<Resource>,
    /// 虚拟仿真资源.
    pub simulations: Vec<Simulation>,
    /// 仪器设备.
    pub devices: Vec<Device>,
    /// 社团.
    pub clubs: Vec<Club>,
    /// 社团活动.
    pub events: Vec<Event>,
    /// 党组织.
    pub organs: Vec<Organ>,
    /// 科研项目.
    pub projects: Vec<Project>,
}

impl World {
    /// The one world of a level of editions (`zhongzhi`: the secondary school, otherwise the college).
    pub fn of(level: &str) -> &'static World {
        static COLLEGE: LazyLock<World> = LazyLock::new(|| World::new(&kind::COLLEGE));
        static SECONDARY: LazyLock<World> = LazyLock::new(|| World::new(&secondary::SECONDARY));
        if level == secondary::LEVEL { &SECONDARY } else { &COLLEGE }
    }

    fn new(kind: &'static Kind) -> World {
        let staff = people::staff(kind);
        let (classes, students) = people::classes_and_students(kind);
        let (rooms, labs) = (places::rooms(kind), places::labs(kind));
        let companies = companies::companies();
        let courses = courses::courses(kind);
        let plans = courses::plans(kind, &classes, &courses);
        let clubs = clubs::clubs(kind, &students);
        World {
            kind,
            lessons: courses::lessons(&plans, &courses, &classes, &rooms),
            internships: paths::internships(kind, &students, &companies),
            outcomes: paths::outcomes(kind, &students, &companies),
            textbooks: library::textbooks(kind, &courses),
            books: library::books(kind),
            systems: systems::systems(),
            resources: systems::resources(&courses),
            simulations: systems::simulations(kind, &courses),
            devices: devices::devices(kind, &rooms, &labs),
            events: clubs::events(kind, &clubs),
            organs: party::organs(kind, &staff),
            projects: research::projects(kind, &staff),
            bases: places::bases(kind),
            staff,
            classes,
            students,
            rooms,
            labs,
            companies,
            courses,
            plans,
            clubs,
        }
    }

    /// Students who are in the college today, with their index.
    pub fn present(&self) -> impl Iterator<Item = (usize, &Student)> {
        self.students.iter().enumerate().filter(|(_, student)| !student.graduated())
    }

    /// Major of a student.
    pub fn major_of(&self, student: &Student) -> &'static Major {
        &self.kind.majors[student.major]
    }

    /// Class of a student.
    pub fn class_of(&self, student: &Student) -> &Class {
        &self.classes[student.class]
    }

    /// 院系 of a student.
    pub fn college_of(&self, student: &Student) -> &'static str {
        self.kind.units[self.kind.majors[student.major].college]
    }

    /// Companies that work with a major, with their index.
    pub fn partners_of(&self, major: usize) -> impl Iterator<Item = (usize, &Company)> {
        self.companies.iter().enumerate().filter(move |(c, _)| companies::suits(self.kind, *c, major))
    }

    /// Textbook of a course.
    pub fn textbook_of(&self, course: usize) -> Option<&Textbook> {
        self.textbooks.iter().find(|book| book.course == course)
    }
}
